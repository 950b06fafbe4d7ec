-- Who stood on a roster on the day of an activity. The base for target groups is the member
-- roster; the staff roster where no member roster speaks for that day.
-- Grain: one person on one roster on the day of one activity
-- People: person_id
select
    held.activity_id,
    member.person_id,
    member.name_key,
    member.department_key,
    member.department,
    member.employment_type,
    member.sex,
    true as is_base,
    true as is_member,
    member.birth_date,
    held.held_on
from activities_held as held
join member_spells as member
    on
        held.held_on >= member.valid_from
        and held.held_on < member.valid_to
union all
select
    held.activity_id,
    staff.person_id,
    staff.name_key,
    staff.department_key,
    staff.department,
    staff.employment_type,
    staff.sex,
    snapshot.register is null as is_base,
    false as is_member,
    staff.birth_date,
    held.held_on
from activities_held as held
join staff_spells as staff
    on
        held.held_on >= staff.valid_from
        and held.held_on < staff.valid_to
left join snapshots as snapshot
    on
        snapshot.register = 'members'
        and held.held_on >= snapshot.valid_from
        and held.held_on < snapshot.valid_to
