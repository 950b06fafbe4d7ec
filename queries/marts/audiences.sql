-- Whom activities are for, in the register's words, and what that means: 全体, 女, 男, 青年 or a
-- department of some roster. 教职工, 会员, 教师 … all mean everyone. `audience` is null where nothing is
-- written: such an activity asks everyone (`asked_for`), but does not say so.
-- Grain: one audience as written in the register of activities
-- People: none
-- Kept: whole
with written as (
    select audience
    from activities
    union
    select null as audience
),

worded as (
    select
        written.audience as written,
        coalesce(
            lower(regexp_replace(coalesce(map.plain, written.audience), '[^\p{L}\p{N}]', '', 'g')),
            ''
        ) as words,
        regexp_replace(
            words,
            '全体|全校|全员|所有|全部|在职|在岗|本校|我校|工会会员|教职员工|教职工|教职员|职工|教工'
            || '|教师|老师|员工|人员|会员|成员|everyone|everybody|all|staff|members?|teachers?',
            '',
            'g'
        ) as bare
    from written
    left join spelling_map as map on map.written = written.audience
),

asked as (
    select
        *,
        case
            when bare = '' then 'all'
            when bare in ('女', '女性', '女士', '女工', '妇女', '女同志', 'female', 'women') then 'female'
            when bare in ('男', '男性', '男士', '男同志', 'male', 'men') then 'male'
            when bare in ('青年', '年轻', 'young', 'youth') then 'young'
        end as asked_for
    from worded
),

place as (
    select distinct
        lower(regexp_replace(coalesce(map.plain, listed.department), '[\s\p{P}\p{Z}]', '', 'g'))
            as department_key
    from (
        select department from staff
        union
        select department from members
    ) as listed
    left join spelling_map as map on map.written = listed.department
    where listed.department is not null
)

select
    written,
    words,
    bare,
    asked_for,
    case
        when written is null then null
        when words in (from place) or (asked_for is null and bare in (from place)) then 'department'
        else coalesce(asked_for, 'other')
    end as audience
from asked
