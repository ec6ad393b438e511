"""One file for a case."""

from django import forms


class AttachmentForm(forms.Form):
    """What is in the file is looked at when it is stored."""

    file = forms.FileField(
        label="附件",
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf,.docx,.xlsx"}),
        help_text="照片 10 MB 以内，PDF、Word、Excel 20 MB 以内。承办单位也会看到，请不要拍进群众的姓名和电话。",
        error_messages={"required": "请选择要上传的文件", "empty": "这个文件是空的，请重新选择"},
    )
