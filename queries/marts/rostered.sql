-- What a roster says of a person, from its own day until the next roster of its kind.
-- Gone are the retired, those re-hired after retirement (返聘), who left, died, was transferred or
-- merely keeps the membership (保留会籍), and applicants; and whoever's last day is past: the last
-- day itself still counts. Nobody is there before being hired, or before joining.
-- A person named twice in one roster counts once.
-- Grain: one person in one snapshot of one roster
-- People: person_id
-- Kept: whole
with listed as (
    select
        'staff' as register,
        row_key,
        staff_no,
        name,
        department,
        employment_type,
        sex,
        null as has_card,
        coalesce(status, 'active') not in ('active', 'lent') as is_gone,
        birth_date,
        hired_on as first_day,
        left_on as last_day,
        as_of
    from staff
    union all
    select
        'members' as register,
        row_key,
        staff_no,
        name,
        department,
        employment_type,
        sex,
        has_card,
        coalesce(member_status, 'active') <> 'active' as is_gone,
        birth_date,
        joined_on as first_day,
        null as last_day,
        as_of
    from members
)

select
    listed.register,
    people.person_id,
    people.name_key,
    people.department_key,
    people.candidates,
    listed.row_key,
    coalesce(place.shown, listed.department) as department,
    listed.employment_type,
    listed.sex,
    listed.has_card,
    listed.is_gone or coalesce(listed.employment_type in ('retired', 'rehired', 'intern'), false) as is_gone,
    listed.birth_date,
    listed.as_of as listed_from,
    greatest(listed.as_of, coalesce(listed.first_day, listed.as_of)) as valid_from,
    least(snapshot.valid_to, coalesce(listed.last_day + 1, snapshot.valid_to)) as valid_to
from listed
join snapshots as snapshot
    on
        snapshot.register = listed.register
        and snapshot.valid_from = listed.as_of
join people
    on
        people.staff_no is not distinct from listed.staff_no
        and people.name = listed.name
        and people.department is not distinct from listed.department
left join spelling_map as place on place.written = listed.department
qualify
    row_number() over (
        partition by
            listed.register,
            listed.as_of,
            coalesce(people.person_id, '?' || listed.row_key)
        order by
            listed.is_gone or coalesce(listed.employment_type in ('retired', 'rehired', 'intern'), false),
            listed.row_key
    ) = 1
