-- Every name of a person the registers write: on rosters and sign-in sheets, and as who proposed,
-- seconded, was in charge, handled, approved or was given something. Where a register may as well
-- name an office or a shop, only what looks like a person's name counts, or is on a roster.
-- Grain: one name as written
-- People: name
with listed as (
    select name from staff
    union
    select name from members
    union
    select name from attendance
),

mentioned as (
    select unnest(string_split_regex(written, '[、，,；;/\s]+|及|等\d*人?')) as name
    from (
        select proposer as written from proposals
        union
        select seconders as written from proposals
        union
        select owner as written from activities
        union
        select handler as written from ledger
        union
        select approver as written from ledger
        union
        select beneficiary as written from ledger
    )
)

select trim(name) as name
from listed
where length(trim(name)) > 1
union
select trim(name) as name
from mentioned
where
    regexp_full_match(trim(name), '[\x{3400}-\x{9fff}]{2,4}')
    and not regexp_matches(name, '[店厂社司馆组处部校室会员办科队]$|全体|职工|教师|教工|会员|代表|小组')
