-- Spending as rules look at it: what it was for in simplified words, for whom, and how many people
-- share it. `people` are the names it is for: a shop that was paid, or 全体会员, is nobody's name.
-- `bearers` is how many on the rosters one of these names may mean; `heads` a number of people that
-- the summary tells (三年级组30人); `members` are those of the day; `activity_kind` and `attended` belong
-- to the activity of that name nearest in the same year.
-- Grain: one line of the cash book that spends
-- People: beneficiary
-- Kept: whole
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

named as (
    select
        row_key,
        unnest(string_split(beneficiary, '、')) as name,
        lower(regexp_replace(name, '[\s\p{P}\p{Z}]', '', 'g')) as name_key
    from spent
    where beneficiary is not null
),

borne as (
    select
        name_key,
        count(distinct person_id) as bearers
    from known_people
    group by name_key
),

meant as (
    select
        named.row_key,
        list(trim(named.name)) as people,
        max(borne.bearers) as bearers
    from named
    left join borne using (name_key)
    group by named.row_key
    having
        bool_and(
            borne.bearers is not null
            or (
                regexp_full_match(trim(named.name), '[\x{3400}-\x{9fff}]{2,3}')
                and not regexp_matches(named.name, '[店厂社司馆组处部校]$|全体|会员|职工|教师|教工')
            )
        )
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
        held.activity_id,
        coalesce(map.plain, held.name) as name,
        held.activity_kind,
        held.attended,
        held.held_on
    from activities_held as held
    left join spelling_map as map on map.written = held.name
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
    -- whoever signed in took part, guests too
    coalesce(nullif(came.present, 0), held.attended) as attended,
    headed.beneficiary,
    meant.people,
    meant.bearers,
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
left join meant on meant.row_key = headed.row_key
left join peopled on peopled.spent_on = headed.spent_on
qualify
    row_number() over (
        partition by headed.row_key
        order by
            abs(held.held_on - headed.spent_on),
            held.activity_id
    ) = 1
