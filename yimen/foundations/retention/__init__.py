"""How long rows are kept (保存期限), and the broom that comes when the time is up."""
