"""All writes on policy versions, contracts and days off."""

from plazo.contracts.actions.days_off import declare_day_off, sync_national_days, withdraw_day_off
from plazo.contracts.actions.policies import attach_document, publish_policy, upload_policy
from plazo.contracts.actions.selling import Offer, amend_contract, check_end, end_contract, sell_contract

__all__ = [
    "Offer",
    "amend_contract",
    "attach_document",
    "check_end",
    "declare_day_off",
    "end_contract",
    "publish_policy",
    "sell_contract",
    "sync_national_days",
    "upload_policy",
    "withdraw_day_off",
]
