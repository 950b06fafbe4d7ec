-- Everybody the rosters know, under each department in which they list them.
-- Who has a staff number is one person whatever the name. Who has none is a person of their own,
-- unless a numbered person bears the same name in the same department, or bears the name alone
-- and is nowhere given a department. Two rows without number, equal in name and department, in
-- one roster are two persons (twins). Never merged by guess: 工号, else 姓名 + 部门.
-- Grain: one person in one department
-- People: person_id
-- Kept: whole
with listed as materialized (
    select distinct
        number_key,
        name_key,
        department_key,
        twin
    from spellings
    where is_rostered
),

numbered as materialized (
    select distinct
        '#' || number_key as person_id,
        name_key,
        department_key
    from listed
    where number_key is not null
),

placed as materialized (
    select
        name_key,
        department_key,
        twin,
        count(*) over (partition by name_key) as namesakes
    from listed
    where
        number_key is null
        and department_key is not null
),

-- a numbered person whom no roster places, and the only row that could tell where
adopted as (
    select
        min(numbered.person_id) as person_id,
        placed.name_key,
        min(placed.department_key) as department_key
    from placed
    join numbered using (name_key)
    where placed.namesakes = 1
    group by placed.name_key
    having
        count(distinct numbered.person_id) = 1
        and count(numbered.department_key) = 0
),

certain as materialized (
    select * from numbered
    union
    select * from adopted
),

own as (
    select
        placed.name_key || '@' || placed.department_key || placed.twin as person_id,
        placed.name_key,
        placed.department_key
    from placed
    left join certain
        on
            certain.name_key = placed.name_key
            and certain.department_key = placed.department_key
    where
        certain.person_id is null
        or placed.twin <> ''
),

somewhere as materialized (
    select * from certain
    union
    select * from own
),

nowhere as (
    select
        listed.name_key || '@' || listed.twin as person_id,
        listed.name_key,
        cast(null as varchar) as department_key
    from listed
    left join somewhere using (name_key)
    where
        listed.number_key is null
        and listed.department_key is null
        and (somewhere.person_id is null or listed.twin <> '')
)

select
    person_id,
    name_key,
    department_key,
    person_id like '#%' as is_numbered,
    count(department_key) over (partition by person_id) = 0 as is_placeless
from (select * from somewhere union select * from nowhere)
