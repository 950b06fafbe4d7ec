-- Cases that go round again: the register's status says 重新办理, or the proposer is not satisfied.
-- Both are known from the reply on. A register has one reply day, so whether a dissatisfied proposer
-- was answered a second time cannot be told: it is to be checked. The longest since stands first.
-- Grain: one case handled anew, or to be looked at again
-- People: none
-- Needs: proposals
-- Case: proposal
-- Wall: proposal_no, session, lead
-- Column: proposal_no | 编号 | Number | text
-- Column: session | 届次 | Session | label
-- Column: title | 案由 | Title | text
-- Column: department | 提案人部门 | Proposer's department | label
-- Column: lead | 主办部门 | Lead office | label
-- Column: reason | 原因 | Why | label:proposal_again
-- Column: replied_on | 答复日期 | Answered on | date
-- Column: days | 距答复天数 | Days since the answer | count
select
    row_key,
    proposal_no,
    session,
    title,
    department,
    lead,
    case when reopened_from <= $as_of then 'reopened' else 'unsatisfied' end as reason,
    case when replied_on <= $as_of then replied_on end as replied_on,
    $as_of::date - replied_on as days
from proposal_clock
where
    filed_from <= $as_of
    and (reopened_from <= $as_of or unsatisfied_from <= $as_of)
    and ($department is null or department = $department)
    and ($proposal_kind is null or proposal_kind = $proposal_kind)
    and ($session is null or session = $session)
    and ($lead is null or lead = $lead)
order by
    replied_on nulls first,
    proposal_no,
    row_key
