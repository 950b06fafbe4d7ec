-- The motions of the period and their votes, the latest meeting first, in the order of the register.
-- Shares are of all delegates and of those present: either may be the rule.
-- Grain: one motion put to the vote
-- People: none
-- Needs: votes
-- Case: vote
-- Share: share_of_all = in_favour / due
-- Share: share_of_present = in_favour / present
-- Wall: session, motion
-- Column: held_on | 日期 | Date | date
-- Column: session | 届次 | Session | text
-- Column: motion | 议题 | Motion | text
-- Column: method | 表决方式 | Method | label:vote_method
-- Column: due | 应到 | Delegates | people
-- Column: present | 实到 | Present | people
-- Column: in_favour | 赞成 | In favour | count
-- Column: against | 反对 | Against | count
-- Column: abstained | 弃权 | Abstained | count
-- Column: share_of_all | 占全体代表 | Of all delegates | ratio
-- Column: share_of_present | 占出席代表 | Of those present | ratio
-- Column: result | 登记结果 | Result as written | label:vote_result
select
    facts.row_key,
    facts.held_on,
    facts.session,
    facts.motion,
    facts.method,
    facts.due,
    facts.present,
    facts.in_favour,
    facts.against,
    facts.abstained,
    facts.result
from vote_facts as facts
join votes using (row_key)
where
    facts.held_on between $start and $as_of
    and ($session is null or facts.session = $session)
order by
    facts.held_on desc,
    facts.session,
    votes.source_id,
    votes.source_row,
    facts.row_key
