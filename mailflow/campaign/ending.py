"""When nothing more is expected of a round: from then on the retention of its data is counted."""

from datetime import date, timedelta

from mailflow.campaign.round import TAIPEI, Campaign


def ends_on(campaign: Campaign) -> date:
    """The last day that the campaign file knows of: exams, results, refunds paid, reward listed."""
    days = [campaign.gives_up_at().astimezone(TAIPEI).date()]
    for exam in campaign.exams:
        days += exam.held_on
        days += [subject.held_on for subject in exam.subjects if subject.held_on]
        days += [exam.results_on] if exam.results_on else []
    refund_until = campaign.refund_until()
    if refund_until:
        days.append(refund_until)
    if campaign.certificates.issued_from:
        paid_after = timedelta(days=campaign.refund.paid_after_days)
        days.append(campaign.certificates.issued_from + paid_after)
    if campaign.reward:
        days.append(campaign.reward.published_on)
    return max(days)
