-- The departments figures are told by; a guest's 部门 on a sign-in sheet (家属) is none of them.
-- Grain: one department
-- People: none
with named as (
    select department
    from staff
    union
    select department
    from members
    union
    select department
    from activities
    union
    select department
    from proposals
)

select distinct coalesce(place.shown, named.department) as department
from named
left join spelling_map as place on place.written = named.department
where named.department is not null
