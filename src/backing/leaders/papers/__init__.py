"""The documents of the app: the brief before a conversation (D4), the pack for a new leader (D9)."""

from backing.leaders.papers.brief import leader_brief, share_safe_brief
from backing.leaders.papers.new_leader import new_leader_pack

__all__ = ["leader_brief", "new_leader_pack", "share_safe_brief"]
