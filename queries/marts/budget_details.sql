-- What was approved, as finely as the budget says it: where a level-1 subject's parts are listed
-- too (其中：…), its own line is what they leave of it, and left out where they leave nothing.
-- Grain: one approved amount at the lowest level given
-- People: none
with totalled as (
    select
        *,
        coalesce(bool_or(not is_whole) over whole, false) as has_parts,
        sum(case when is_whole then amount else -amount end) over whole as rest,
        row_number() over (
            partition by
                in_year,
                level1,
                kind,
                is_whole
            order by row_key
        ) as place
    from budget_amounts
    window
        whole as (
            partition by
                in_year,
                level1,
                kind
        )
)

select
    row_key,
    in_year,
    subject,
    level1,
    level2,
    kind,
    case when is_whole and has_parts then rest else amount end as amount
from totalled
where
    not is_whole
    or not has_parts
    or (rest > 0 and place = 1)
