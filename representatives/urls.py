"""Addresses of representatives: the register, and what is printed of it."""

from representatives import urls_papers, urls_register

app_name = "representatives"
urlpatterns = [*urls_register.urlpatterns, *urls_papers.urlpatterns]
