-- Motions put to the vote, with what came of them.
-- Grain: one motion put to the vote
-- People: none
-- Title: 表决 | votes
-- Role: officer
-- Column: held_on | 日期 | date | date
-- Column: session | 届次 | session | label
-- Column: meeting | 会议 | meeting | text
-- Column: motion | 议题 | motion | text
-- Column: method | 表决方式 | method | label:vote_method
-- Column: due | 应到 | delegates | people
-- Column: present | 实到 | present | people
-- Column: in_favour | 赞成 | in_favour | count
-- Column: against | 反对 | against | count
-- Column: abstained | 弃权 | abstained | count
-- Column: result | 登记结果 | result | label:vote_result
select
    held_on,
    session,
    meeting,
    motion,
    method,
    due,
    present,
    in_favour,
    against,
    abstained,
    result
from vote_facts
order by
    held_on,
    motion
