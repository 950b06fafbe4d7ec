-- The sessions side by side, all that were handed in up to the day, the latest first. By form, a
-- merged one counts as filed (立案率); answered and carried out are of the filed cases, satisfied of
-- the rated ones. The median counts open cases as still running.
-- Grain: one session of the staff congress
-- People: none
-- Needs: proposals
-- Opens: proposals_submitted by session
-- Share: filing_rate = accepted / submitted
-- Share: reply_rate = replied / filed
-- Share: follow_up_rate = followed_up / filed
-- Share: satisfaction_rate = satisfied / rated
-- Median: median = ended, running
-- Wall: session, median
-- Column: session | 届次 | Session | label
-- Column: submitted | 征集 | Handed in | count
-- Column: accepted | 立案（含并案） | Filed, with merged | count
-- Column: filing_rate | 立案率 | Filing rate | ratio
-- Column: filed | 成案 | Cases | count
-- Column: replied | 答复 | Answered | count
-- Column: reply_rate | 答复率 | Reply rate | ratio
-- Column: followed_up | 落实 | Followed up | count
-- Column: follow_up_rate | 落实率 | Follow-up rate | ratio
-- Column: rated | 已评价 | Rated | count
-- Column: satisfied | 满意 | Satisfied | count
-- Column: satisfaction_rate | 满意率 | Satisfaction rate | ratio
-- Column: median | 答复用时中位数 | Median time to answer | text
with known as (
    select
        facts.session,
        facts.submitted_on,
        coalesce(facts.filed_from <= $as_of, false) as is_filed,
        facts.merged_from <= $as_of as is_merged,
        facts.replied_from <= $as_of as is_replied,
        facts.followed_up_from <= $as_of as is_followed_up,
        facts.rated_from <= $as_of as is_rated,
        facts.approved_from <= $as_of as is_satisfied,
        clock.days,
        $as_of::date
        - case when clock.assigned_on <= $as_of then clock.assigned_on else clock.filed_from end
            as days_so_far
    from proposal_facts as facts
    left join proposal_clock as clock using (row_key)
    where
        facts.submitted_on <= $as_of
        and ($department is null or facts.department = $department)
        and ($proposal_kind is null or facts.proposal_kind = $proposal_kind)
        and ($session is null or facts.session = $session)
        and ($lead is null or facts.lead = $lead)
)

select
    session,
    session as session_is,
    min(submitted_on) as opens_from,
    $as_of::date as opens_to,
    count(*) as submitted,
    count(*) filter (where is_filed or is_merged) as accepted,
    count(*) filter (where is_filed) as filed,
    count(*) filter (where is_filed and is_replied) as replied,
    count(*) filter (where is_filed and is_followed_up) as followed_up,
    count(*) filter (where is_rated) as rated,
    count(*) filter (where is_satisfied) as satisfied,
    list(days order by days) filter (where is_filed and is_replied and days is not null) as ended,
    list(days_so_far order by days_so_far) filter (where is_filed and is_replied is not true) as running
from known
group by session
order by
    max(submitted_on) desc,
    session nulls last
