"""What people decides without a database: search keys and queries, the population a life adds up to, why not."""
