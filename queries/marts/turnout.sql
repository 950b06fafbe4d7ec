-- How many were invited to an activity and how many of them came (活动参与率).
-- Invited: the register's 应到; else who is listed, where the list also has absentees; else the
-- target group on the roster of that day (one without anybody in it tells nothing). Came: who is
-- listed as present and belongs to them; else the register's 实到. What cannot be told is null, and
-- the activity left out as a whole.
-- On leave (请假) are those invited who said so: not attending, unless the school leaves them out.
-- One row per department, employment and sex where the people are known one by one: by the list or
-- the target group. 应到 is split where it is exactly as many as the list or the target group; else
-- these are null. The rows of an activity always sum to the activity; `heads` are all its invited,
-- and `who` those of a row where they are known one by one.
-- Grain: one activity held for one kind of people, or as a whole where it cannot be split
-- People: none
-- Kept: by activity_id
with held as materialized (
    select *
    from activities_held
),

listed as materialized (
    select *
    from listed_people
),

meant as materialized (
    select *
    from target_groups
),

lists as (
    select
        activity_id,
        count(*) filter (where is_counted) as listed,
        count(*) filter (where is_counted and is_present) as present,
        count(*) filter (where is_counted and is_on_leave) as on_leave,
        bool_or(is_excused_or_absent) as has_absentees
    from listed
    group by activity_id
),

targets as (
    select
        activity_id,
        case when bool_and(is_meant is not null) then nullif(count(*) filter (where is_meant), 0) end
            as meant
    from meant
    group by activity_id
),

based as materialized (
    select
        held.activity_id,
        held.name,
        held.activity_kind,
        held.audience,
        held.held_on,
        case
            when held.expected is not null and held.expected = lists.listed then 'listed'
            when held.expected is not null and lists.listed is not null and held.expected = targets.meant
                then 'expected_target'
            when held.expected is not null then 'expected'
            when lists.has_absentees then 'listed'
            when lists.listed is not null and targets.meant is not null then 'target'
            else 'whole_target'
        end as base,
        coalesce(held.expected, targets.meant) as invited,
        coalesce(lists.present, held.attended) as attended,
        coalesce(lists.on_leave, 0) as on_leave
    from held
    left join lists using (activity_id)
    left join targets using (activity_id)
),

meant_persons as (
    select
        activity_id,
        person_id
    from meant
    where
        is_meant
        and person_id is not null
),

meant_names as (
    select
        activity_id,
        name_key
    from meant
    where
        is_meant
        and name_key is not null
),

-- who belongs to the target group, among those on the list
belonging as (
    select person.*
    from based
    join listed as person using (activity_id)
    where
        person.is_counted
        and (
            based.base = 'expected_target'
            or (
                based.base = 'target'
                and (
                    (person.activity_id, person.person_id) in (from meant_persons)
                    or (
                        person.person_id is null
                        and (person.activity_id, person.name_key) in (from meant_names)
                    )
                )
            )
        )
),

counted as (
    select
        based.activity_id,
        coalesce(person.person_id, person.name_key) as invitee,
        person.department,
        person.employment_type,
        person.sex,
        1 as invited,
        person.is_present::integer as attended,
        person.is_on_leave::integer as on_leave
    from based
    join listed as person using (activity_id)
    where
        based.base = 'listed'
        and person.is_counted
    union all
    select
        based.activity_id,
        coalesce(person.person_id, person.name_key) as invitee,
        person.department,
        person.employment_type,
        person.sex,
        1 as invited,
        0 as attended,
        0 as on_leave
    from based
    join meant as person using (activity_id)
    where
        based.base in ('target', 'expected_target')
        and person.is_meant
    union all
    select
        activity_id,
        coalesce(person_id, name_key) as invitee,
        department,
        employment_type,
        sex,
        0 as invited,
        is_present::integer as attended,
        is_on_leave::integer as on_leave
    from belonging
    where is_present or is_on_leave
    union all
    select
        activity_id,
        null as invitee,
        null as department,
        null as employment_type,
        null as sex,
        case when attended is not null then invited end as invited,
        case when invited is not null then attended end as attended,
        case when invited is not null and attended is not null then on_leave end as on_leave
    from based
    where base in ('expected', 'whole_target')
)

select
    counted.activity_id,
    based.name,
    based.activity_kind,
    based.audience,
    counted.department,
    counted.employment_type,
    counted.sex,
    sum(counted.invited) as invited,
    sum(counted.attended) as attended,
    sum(counted.on_leave) as on_leave,
    sum(sum(counted.invited)) over (partition by counted.activity_id) as heads,
    list(distinct counted.invitee) filter (where counted.invitee is not null) as who,
    based.held_on
from counted
join based using (activity_id)
group by
    counted.activity_id,
    based.name,
    based.activity_kind,
    based.audience,
    counted.department,
    counted.employment_type,
    counted.sex,
    based.held_on
