"""Addresses of supervision, of the papers of a case, and of the register of cases."""

from django.urls import path

from suggestions.views import archive, documents, register, supervision

urlpatterns = [
    path("desk/supervision/", supervision.supervision_list, name="supervision_list"),
    path("desk/supervision/<int:pk>/answer/", supervision.answer, name="supervision_answer"),
    path("desk/supervision/<int:pk>/lift/", supervision.lift, name="supervision_lift"),
    path("desk/supervision/<int:pk>/paper/", documents.notice, name="notice"),
    path("desk/supervision/<int:pk>/paper/word/", documents.notice_word, name="notice_word"),
    path("desk/suggestions/<int:pk>/supervise/", supervision.supervise, name="supervise"),
    path("desk/suggestions/<int:pk>/order/", documents.page, {"key": "order"}, name="order"),
    path("desk/suggestions/<int:pk>/order/word/", documents.word, {"key": "order"}, name="order_word"),
    path("desk/suggestions/<int:pk>/letter/", documents.page, {"key": "letter"}, name="letter"),
    path("desk/suggestions/<int:pk>/letter/word/", documents.word, {"key": "letter"}, name="letter_word"),
    path("desk/suggestions/<int:pk>/survey/", documents.page, {"key": "survey"}, name="survey"),
    path("desk/suggestions/<int:pk>/survey/word/", documents.word, {"key": "survey"}, name="survey_word"),
    path("desk/suggestions/<int:pk>/archive/", archive.archive, name="archive"),
    path("desk/register/", register.register, name="register"),
    path("desk/register/export/", register.export, name="register_export"),
]
