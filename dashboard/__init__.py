"""The Union Dashboard (工会数据看板): a school union's spreadsheets, read and shown."""
