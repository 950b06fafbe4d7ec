-- Who stands on the list of an activity, over all its sheets: present on one of them is present.
-- 请假 is not present. Helpers who stand on no roster of that day are guests (非会员): they are
-- neither invited nor attending. An ambiguous name counts where it stands on a roster of that day,
-- once, but is nobody in particular. Where no roster speaks for that day, everybody listed counts.
-- Grain: one person on the list of one activity
-- People: person_id
with on_roster as materialized (
    select *
    from on_the_day
),

listed as (
    select
        activity_id,
        person_id,
        case when person_id is null then name_key end as unsure_name,
        case when person_id is null then department_key end as unsure_department,
        max(candidates) as candidates,
        min(department) as department,
        bool_or(coalesce(presence = 'present', false)) as is_present,
        bool_or(coalesce(presence = 'leave', false)) and not is_present as is_on_leave,
        bool_or(coalesce(presence in ('leave', 'absent'), false)) as is_excused_or_absent
    from sign_ins
    group by
        activity_id,
        person_id,
        unsure_name,
        unsure_department
),

rostered as (
    select
        activity_id,
        person_id,
        arg_max(department, is_member) as department,
        arg_max(employment_type, is_member) as employment_type,
        arg_max(sex, is_member) as sex
    from on_roster
    where person_id is not null
    group by
        activity_id,
        person_id
),

namesakes as (
    select distinct
        activity_id,
        name_key,
        department_key
    from on_roster
),

told as (
    select distinct activity_id
    from on_roster
)

select
    listed.activity_id,
    listed.person_id,
    listed.unsure_name as name_key,
    case when rostered.person_id is not null then rostered.department else listed.department end
        as department,
    rostered.employment_type,
    rostered.sex,
    listed.is_present,
    listed.is_on_leave,
    listed.is_excused_or_absent,
    told.activity_id is null
    or rostered.person_id is not null
    or (
        listed.candidates > 1
        and exists (
            select 1
            from namesakes
            where
                namesakes.activity_id = listed.activity_id
                and namesakes.name_key = listed.unsure_name
                and (
                    listed.unsure_department is null
                    or namesakes.department_key is null
                    or namesakes.department_key = listed.unsure_department
                )
        )
    ) as is_counted
from listed
left join rostered
    on
        rostered.activity_id = listed.activity_id
        and rostered.person_id = listed.person_id
left join told on told.activity_id = listed.activity_id
