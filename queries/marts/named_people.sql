-- Every name of a person the registers write: on rosters and sign-in sheets, of whatever year, and
-- as who proposed, seconded, was in charge, handled, approved or was given something, alone or among
-- others (张伟、李静等5人), with an office before or after it. Where a register may as well name an
-- office or a shop, only what looks like a person's name counts, or is on a roster.
-- Grain: one name as written
-- People: name
-- Kept: whole
with listed as (
    select name from staff
    union
    select name from members
    union
    select name from attendance
),

mentioned as (
    select regexp_replace(written, '[（(\[【][^）)\]】]*[）)\]】]', '、', 'g') as written
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
),

-- a name may have blanks in it, or the word for 'and': each way of reading it is tried
apart as (
    select unnest(string_split_regex(written, '[、，,；;/:：&]+|及|等\d*[人名位]?')) as name
    from mentioned
    union
    select unnest(string_split_regex(written, '[、，,；;/:：&\s]+|及|和|与|等\d*[人名位]?')) as name
    from mentioned
),

bare as (
    select regexp_replace(trim(name), '([\x{3400}-\x{9fff}])\s+', '\1', 'g') as name
    from apart
    union
    select regexp_extract(trim(name), '[组处室部科办会队级](\s*[\x{3400}-\x{9fff}]{2,4})$', 1) as name
    from apart
)

select trim(name) as name
from listed
where length(trim(name)) > 1
union
select trim(name) as name
from bare
where
    (
        regexp_full_match(trim(name), '[\x{3400}-\x{9fff}]{2,4}')
        and not regexp_matches(
            name,
            '[店厂社司馆组处部校室会员办科队级部门]$|全体|职工|教师|教工|会员|代表|小组|主任|校长|书记|主席|老师|委员|干事|总务|教务|教导|后勤|食堂|财务|行政|政教|德育|工会|体育|语文|数学|英语|音乐|美术|科学|信息|综合|年级|学校|保卫|人事|安保'
        )
    )
    or regexp_full_match(trim(name), '[\x{3400}-\x{9fff}]{2,12}[·•‧∙・･.．][\x{3400}-\x{9fff}·•‧∙・･.．]{2,16}')
    or regexp_full_match(trim(name), '[A-Za-z]{2,}([ .''-]+[A-Za-z]{2,}){1,3}')
