-- Whom a spelling means. `candidates` is how many persons it could mean: 1 is a person, more is
-- ambiguous (person null, reported by the check ambiguous_people), 0 is nobody on a roster.
-- A number no roster knows can still be read by name and department, but only as a person to whom
-- no roster gives a number.
-- Grain: one spelling of a person: number, name and department as written
-- People: person_id
-- Kept: whole
with spelling as (
    select distinct
        staff_no,
        name,
        department,
        number_key,
        name_key,
        department_key
    from spellings
),

possible as (
    select
        spelling.*,
        known.person_id,
        known.is_placeless,
        known.person_id = '#' || spelling.number_key as is_by_number,
        known.department_key = spelling.department_key as is_here
    from spelling
    left join known_people as known
        on
            known.person_id = '#' || spelling.number_key
            or (
                known.name_key = spelling.name_key
                and (spelling.number_key is null or not known.is_numbered)
            )
),

weighed as (
    select
        staff_no,
        name,
        department,
        name_key,
        department_key,
        min(person_id) filter (where is_by_number) as by_number,
        min(person_id) filter (where is_here) as by_department,
        min(person_id) as by_name,
        count(distinct person_id) filter (where is_here) as here,
        count(distinct person_id) filter (where is_placeless) as placeless,
        count(distinct person_id) as bearers
    from possible
    group by
        staff_no,
        name,
        department,
        name_key,
        department_key
)

select
    staff_no,
    name,
    department,
    name_key,
    department_key,
    case
        when by_number is not null then 1
        when here > 0 then here
        when department_key is null or placeless > 0 then bearers
        else 0
    end as candidates,
    case when candidates = 1 then coalesce(by_number, by_department, by_name) end as person_id
from weighed
