-- How many of each kind of staff are members. Nothing is told where either roster is missing.
-- Grain: one kind of employment
-- People: none
-- Needs: staff, members
-- Column: label | 用工类型 | Employment | label:employment
-- Column: value | 会员 | Members | people
-- Column: of | 职工 | Staff | people
select
    staff.employment_type as label,
    count(enrolled.person_id) as value,
    count(*) as "of"
from staff_spells as staff
join snapshots as member_roster
    on
        member_roster.register = 'members'
        and $as_of >= member_roster.valid_from
        and $as_of < member_roster.valid_to
left join enrolled
    on
        enrolled.person_id = staff.person_id
        and $as_of >= enrolled.valid_from
        and $as_of < enrolled.valid_to
where
    $as_of >= staff.valid_from
    and $as_of < staff.valid_to
    and ($department is null or staff.department = $department)
group by staff.employment_type
order by
    "of" desc,
    label nulls last
