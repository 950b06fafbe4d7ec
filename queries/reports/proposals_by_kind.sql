-- Proposals handed in, by kind.
-- Grain: one kind of proposal
-- People: none
-- Needs: proposals
-- Column: label | 类别 | Kind | label
-- Column: value | 件数 | Cases | count
select
    proposal_kind as label,
    count(*) as value
from proposal_facts
where
    submitted_on between $start and $as_of
    and ($department is null or department = $department)
group by proposal_kind
order by
    value desc,
    label collate zh nulls last
