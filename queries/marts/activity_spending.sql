-- Spending that names an activity (关联活动), and which one it means: the only one of that name held
-- in the same calendar year. Names are compared as the work plan's are. Of several, or of none,
-- nothing is guessed: `activity_id` is null, and `meant` tells how many it could be.
-- Grain: one line of the cash book that spends and names an activity
-- People: none
-- Kept: whole
with line as (
    select
        ledger.row_key,
        ledger.activity,
        nullif(
            lower(regexp_replace(coalesce(words.plain, ledger.activity), '[^\p{L}\p{N}%#]', '', 'g')),
            ''
        ) as name_key,
        ledger.expense,
        ledger.spent_on
    from ledger
    left join spelling_map as words on words.written = ledger.activity
    where
        not coalesce(ledger.is_opening, false)
        and coalesce(ledger.expense, 0) <> 0
),

held as (
    select
        activity_id,
        lower(regexp_replace(coalesce(words.plain, name), '[^\p{L}\p{N}%#]', '', 'g')) as name_key,
        year(held_on) as in_year
    from activities_held
    left join spelling_map as words on words.written = activities_held.name
)

select
    line.row_key,
    line.activity,
    case when count(held.activity_id) = 1 then min(held.activity_id) end as activity_id,
    count(held.activity_id) as meant,
    line.expense,
    line.spent_on
from line
left join held
    on
        held.name_key = line.name_key
        and held.in_year = year(line.spent_on)
where line.name_key is not null
group by
    line.row_key,
    line.activity,
    line.expense,
    line.spent_on
