-- The clock of a filed case: it runs from the day of assignment; where none is noted from the day of
-- filing, else of hand-in. The first day does not count, the last one does: answered on the very
-- day is nought days. `days` and `working_days` are what the answer took. They are null while there
-- is none, where nobody noted its day, and where it lies before the clock began (a slip in the
-- register: the case is answered, but nobody knows after how long). Working days are null besides
-- where the holidays of a year are not known.
-- How long an open case has run depends on the day looked at: from `assigned_on` once that has come,
-- before it from `filed_from`.
-- Grain: one filed case
-- People: author
with clock as (
    select
        facts.*,
        proposals.assigned_on,
        coalesce(proposals.assigned_on, facts.filed_from) as counts_from,
        case
            when proposals.status = 'reopened' then coalesce(facts.replied_on, facts.submitted_on)
        end as reopened_from,
        case
            when proposals.satisfaction = 'unsatisfied'
                then coalesce(facts.replied_on, facts.submitted_on)
        end as unsatisfied_from
    from proposal_facts as facts
    join proposals using (row_key)
    where facts.filed_from is not null
)

select
    clock.row_key,
    clock.proposal_no,
    clock.title,
    clock.session,
    clock.proposal_kind,
    clock.department,
    clock.author,
    clock.lead,
    clock.replied_on >= clock.counts_from as is_in_order,
    case when is_in_order then clock.replied_on - clock.counts_from end as days,
    case
        when is_in_order and first_day.is_known and last_day.is_known
            then last_day.worked - first_day.worked
    end as working_days,
    clock.submitted_on,
    clock.filed_from,
    clock.assigned_from,
    clock.assigned_on,
    clock.counts_from,
    clock.due_on,
    clock.replied_on,
    clock.replied_from,
    clock.reopened_from,
    clock.unsatisfied_from
from clock
left join calendar as first_day on first_day.day = clock.counts_from
left join calendar as last_day on last_day.day = clock.replied_on
