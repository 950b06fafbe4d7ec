-- Whom an activity was meant for: 全体, 女, 男, 青年 or one department, out of the roster of that
-- day. 教职工, 会员, 教师 … all mean everyone in it. The young are those up to the school's own
-- age (data/rules/school.toml, young_until_age), the year of that birthday included.
-- `is_meant` is null where the sex or birth date it asks for is not known: the size of the group
-- is unknown then. An activity whose audience nobody can place has no row here.
-- Grain: one person on the day's roster, for one activity whose audience can be placed
-- People: person_id
with person as materialized (
    select *
    from on_the_day
    where is_base
),

worded as (
    select
        activity_id,
        coalesce(lower(regexp_replace(coalesce(map.plain, audience), '[^\p{L}\p{N}]', '', 'g')), '') as words,
        regexp_replace(
            words,
            '全体|全校|全员|所有|全部|在职|在岗|本校|我校|工会会员|教职员工|教职工|教职员|职工|教工'
            || '|教师|老师|员工|人员|会员|成员|everyone|everybody|all|staff|members?|teachers?',
            '',
            'g'
        ) as bare
    from activities_held
    left join spelling_map as map on map.written = activities_held.audience
),

asked as (
    select
        activity_id,
        words,
        bare,
        case
            when bare = '' then 'all'
            when bare in ('女', '女性', '女士', '女工', '妇女', '女同志', 'female', 'women') then 'female'
            when bare in ('男', '男性', '男士', '男同志', 'male', 'men') then 'male'
            when bare in ('青年', '年轻', 'young', 'youth') then 'young'
        end as asked_for
    from worded
),

faced as (
    select
        asked.activity_id,
        asked.asked_for,
        person.person_id,
        person.name_key,
        person.department_key,
        person.department,
        person.employment_type,
        person.sex,
        year(person.held_on) - year(person.birth_date)
        - (strftime(person.held_on, '%m%d') < strftime(person.birth_date, '%m%d'))::integer as age,
        max(person.department_key)
            filter (
                where
                    person.department_key = asked.words
                    or (asked.asked_for is null and person.department_key = asked.bare)
            )
            over (partition by asked.activity_id)
            as asked_department
    from asked
    join person using (activity_id)
)

select
    faced.activity_id,
    faced.person_id,
    faced.name_key,
    faced.department_key,
    faced.department,
    faced.employment_type,
    faced.sex,
    case
        when asked_department is not null then coalesce(department_key = asked_department, false)
        when asked_for = 'all' then true
        when asked_for in ('female', 'male') then sex = asked_for
        when asked_for = 'young' then age <= young.value
    end as is_meant
from faced
left join school_rules as young on young.name = 'young_until_age'
where
    asked_for is not null
    or asked_department is not null
