-- What was approved, as finely as the budget says it: where a level-1 subject's parts are listed
-- too, its own line is their sum and left out. For totals use budget_lines.
-- Grain: one approved amount at the lowest level given
-- People: none
with approved as (
    select
        budget.row_key,
        budget.year as in_year,
        coalesce(subject_map.level1, '未归类') as level1,
        coalesce(subject_map.level2, subject_map.level1, '未归类') as level2,
        coalesce(subject_map.kind, 'expense') as kind,
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
    level2 <> level1
    or not bool_or(level2 <> level1) over (
        partition by
            in_year,
            level1,
            kind
    )
