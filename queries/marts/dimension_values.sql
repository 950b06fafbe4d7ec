-- The values by which figures can be told and narrowed; a guest's 部门 on a sign-in sheet (家属) is
-- no department.
-- Grain: one value of one dimension
-- People: none
-- Kept: whole
with named as (
    select
        'department' as dimension,
        coalesce(place.shown, written.department) as value
    from (
        select department from staff
        union
        select department from members
        union
        select department from activities
        union
        select department from proposals
    ) as written
    left join spelling_map as place on place.written = written.department
    union
    select
        'employment_type' as dimension,
        employment_type as value
    from staff
    union
    select
        'employment_type' as dimension,
        employment_type as value
    from members
    union
    select
        unnest(['sex', 'sex', 'age_band', 'age_band', 'age_band', 'age_band']) as dimension,
        unnest(['female', 'male', '35', '45', '55', '56']) as value
    where exists (from staff) or exists (from members)
    union
    select
        'activity_kind' as dimension,
        kind as value
    from activities
    union
    select
        'audience' as dimension,
        audience as value
    from audiences
    union
    select
        'plan_state' as dimension,
        unnest(['held', 'not_held', 'cancelled', 'unplanned']) as value
    where exists (from activities)
    union
    select
        'times_seen' as dimension,
        unnest(['0', '1', '2', '3', '4', '10']) as value
    where exists (from attendance)
    union
    select
        unnest(['proposal_kind', 'session', 'lead']) as dimension,
        unnest([proposal_kind, session, lead]) as value
    from proposal_facts
    union
    select
        'session' as dimension,
        session as value
    from vote_facts
    union
    select
        unnest(['subject', 'subject_part']) as dimension,
        unnest([coalesce(level1, '未归类'), coalesce(level2, level1, '未归类')]) as value
    from subject_map
)

select
    dimension,
    value
from named
where value is not null
