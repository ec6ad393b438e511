"""How photos are asked for, on every form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from uploads.enums import MAX_PHOTOS


class PhotosInput(forms.FileInput):
    """Several photos, from the camera or the album as the person likes (no forced capture)."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if isinstance(files, MultiValueDict) else files.get(name, [])


class PhotosField(forms.Field):
    """At most six files; what is in them is looked at when they are stored. `of` says of what: 一项, 一次接访."""

    def __init__(self, *, of: str, **kwargs: Any) -> None:
        super().__init__(widget=PhotosInput(attrs={"accept": "image/*", "multiple": True}), **kwargs)
        self.of = of

    def clean(self, value: Any) -> tuple[UploadedFile[bytes], ...]:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"])
        if len(value) > MAX_PHOTOS:
            raise forms.ValidationError(f"{self.of}最多 {MAX_PHOTOS} 张照片，请减少后再选")
        return tuple(value)
