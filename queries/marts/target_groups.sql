-- Whom an activity was meant for: 全体, 女, 男, 青年 or one department, out of the roster of that
-- day (mart audiences). The young are those up to the school's own
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

asked as (
    select
        held.activity_id,
        audiences.words,
        audiences.bare,
        audiences.asked_for
    from activities_held as held
    join audiences on audiences.written is not distinct from held.audience_text
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
