-- The motions put to the vote up to the day.
-- Grain: one motion put to the vote
-- People: none
-- Key: row_key
-- Column: held_on | 日期 | Date | date
-- Column: session | 届次 | Session | text
-- Column: motion | 议题 | Motion | text
-- Column: method | 表决方式 | Method | label:vote_method
-- Column: due | 应到 | Delegates | people
-- Column: present | 实到 | Present | people
-- Column: in_favour | 赞成 | In favour | count
-- Column: against | 反对 | Against | count
-- Column: abstained | 弃权 | Abstained | count
-- Column: result | 登记结果 | Result as written | label:vote_result
select
    row_key as case_key,
    'votes' as register,
    row_key,
    null::date as as_of,
    held_on,
    session,
    motion,
    method,
    due,
    present,
    in_favour,
    against,
    abstained,
    result
from vote_facts
where held_on <= $as_of
