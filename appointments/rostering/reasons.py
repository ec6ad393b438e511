"""Why somebody sits there, and why nobody does, in words an office understands."""

from collections import Counter
from datetime import date

from appointments.rostering.board import Board


class Reasons:
    """Explains the finished roster: each person beside those who could have taken the seat that day."""

    def __init__(self, board: Board) -> None:
        self.board = board

    def seated(self, person: int, day: date, studio: int) -> str:
        """Why `person` sits in `studio` on `day`."""
        board = self.board
        spots = board.spots[day]
        others = [other for other in board.able[day, studio] if other not in spots]
        last = board.last_before(person, day)
        if not others:
            return "这天只有这一位能到" if len(board.able[day, studio]) == 1 else "这天能到的代表都已排班"
        if last is None:
            return "近一年没有值过班"
        if all(last <= (board.last_before(other, day) or date.min) for other in others):
            return f"最久没有值班：上次 {last.month}月{last.day}日"
        if all(board.load[person] <= board.load[other] + 1 for other in others):
            return f"值班次数不多于能到的其他代表：本期 {len(board.duties[person])} 次"
        return "为了排满别处、拉开间隔，调到这里"

    def unfilled(self, day: date, studio: int) -> str:
        """Why nobody can sit in `studio` on `day`."""
        people = self.board.colleagues(studio)
        if not people:
            return "这个工作室没有在任代表"
        why = Counter(self._hindrance(person, day) for person in people)
        words = "，".join(f"{count} 人{reason}" for reason, count in sorted(why.items(), key=lambda row: -row[1]))
        return f"这天 {len(people)} 位代表都不能到：{words}"

    def _hindrance(self, person: int, day: date) -> str:
        member = self.board.members[person]
        if day in member.on_leave:
            return "请假"
        return "另有约见" if day in member.busy else "已在值班"
