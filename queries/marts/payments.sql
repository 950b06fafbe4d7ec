-- Spending as rules look at it: what it was for in simplified words, for whom, and how many people
-- share it. `heads` is a number of people that the summary tells (三年级组30人); `members` are those of
-- the day; `kind` and `attended` belong to the activity of that name nearest in the same year.
-- Grain: one line of the cash book that spends
-- People: beneficiary
with spent as (
    select
        ledger.row_key,
        ledger.voucher_no,
        coalesce(subject_map.level1, '未归类') as subject,
        coalesce(subject_map.level2, subject_map.level1, '未归类') as level2,
        coalesce(told.plain, ledger.summary, '') as summary,
        coalesce(named.plain, ledger.activity) as activity,
        nullif(trim(ledger.beneficiary), '') as beneficiary,
        ledger.fund_source,
        ledger.expense as amount,
        ledger.spent_on
    from ledger
    left join subject_map on subject_map.subject = ledger.subject
    left join spelling_map as told on told.written = ledger.summary
    left join spelling_map as named on named.written = ledger.activity
    where
        not coalesce(ledger.is_opening, false)
        and coalesce(ledger.expense, 0) <> 0
),

-- 第3名, 5人制 and 20人次 are no heads
headed as (
    select
        *,
        list_transform(
            regexp_extract_all(
                regexp_replace(summary, '第\s*\d+\s*[名位]|\d+\s*人[次制]', '', 'g'),
                '(\d+)\s*[人名位]',
                1
            ),
            lambda digits: try_cast(digits as integer)
        ) as told
    from spent
),

peopled as (
    select
        days.spent_on,
        count(distinct member.person_id) as members
    from (select distinct spent_on from spent) as days
    join member_spells as member
        on
            days.spent_on >= member.valid_from
            and days.spent_on < member.valid_to
    group by days.spent_on
),

held as (
    select
        activity_id,
        coalesce(map.plain, name) as name,
        max(activity_kind) as activity_kind,
        min(held_on) as held_on
    from activities_held
    left join spelling_map as map on map.written = activities_held.name
    group by all
),

came as (
    select
        activity_id,
        sum(attended) as attended
    from turnout
    group by activity_id
)

select
    headed.row_key,
    headed.voucher_no,
    headed.subject,
    headed.level2,
    headed.summary,
    headed.activity,
    held.activity_id,
    held.activity_kind,
    came.attended,
    headed.beneficiary,
    nullif(list_sum(headed.told), 0) as heads,
    peopled.members,
    headed.fund_source,
    headed.amount,
    headed.spent_on
from headed
left join held
    on
        held.name = headed.activity
        and year(held.held_on) = year(headed.spent_on)
left join came on came.activity_id = held.activity_id
left join peopled on peopled.spent_on = headed.spent_on
qualify
    row_number() over (
        partition by headed.row_key
        order by
            abs(held.held_on - headed.spent_on),
            held.activity_id
    ) = 1
