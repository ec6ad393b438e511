"""Password rules whose sentences Django's own catalogue does not have in Chinese."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """At least `min_length` characters."""

    def get_error_message(self) -> str:
        return f"密码至少要 {self.min_length} 位，请加长"

    def get_help_text(self) -> str:
        return f"密码至少 {self.min_length} 位。"
