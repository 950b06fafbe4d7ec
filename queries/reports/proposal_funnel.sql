-- How far the proposals of the period came. Each stage asks for those before it, so that the funnel
-- never widens; merged forms count as filed.
-- Grain: one stage
-- People: none
-- Needs: proposals
-- Column: label | 阶段 | Stage | label:stage
-- Column: value | 件数 | Cases | count
with reached as (
    select
        count(*) as submitted,
        count(*) filter (where is_filed) as filed,
        count(*) filter (where is_filed and is_assigned) as assigned,
        count(*) filter (where is_filed and is_assigned and is_replied) as replied,
        count(*) filter (where is_filed and is_assigned and is_replied and is_followed_up)
            as followed_up
    from (
        select
            filed_from <= $as_of or merged_from <= $as_of as is_filed,
            assigned_from <= $as_of as is_assigned,
            replied_from <= $as_of as is_replied,
            followed_up_from <= $as_of as is_followed_up
        from proposal_facts
        where
            submitted_on between $start and $as_of
            and ($department is null or department = $department)
    )
)

select
    unnest(['submitted', 'filed', 'assigned', 'replied', 'followed_up']) as label,
    unnest([submitted, filed, assigned, replied, followed_up]) as value
from reached
