"""All wording that people read, free of any channel's markup."""
