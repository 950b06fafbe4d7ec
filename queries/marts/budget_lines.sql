-- What was approved, adjusted amounts before first ones. Where a level-1 subject has an amount of
-- its own, that counts and its parts do not: they are the same money. A subject the chart of
-- accounts does not know counts as spending, as 未归类.
-- Grain: one approved amount that counts
-- People: none
with approved as (
    select
        budget.row_key,
        budget.year as in_year,
        coalesce(subject_map.level1, '未归类') as level1,
        coalesce(subject_map.level2, subject_map.level1, '未归类') as level2,
        coalesce(subject_map.kind, 'expense') as kind,
        subject_map.level1 is null or subject_map.level2 is null as is_whole,
        coalesce(budget.adjusted, budget.approved) as amount
    from budget
    left join subject_map using (subject)
    where coalesce(budget.adjusted, budget.approved) is not null
)

select
    row_key,
    in_year,
    level1,
    level2,
    kind,
    amount
from approved
qualify
    is_whole
    or not bool_or(is_whole) over (
        partition by
            in_year,
            level1,
            kind
    )
