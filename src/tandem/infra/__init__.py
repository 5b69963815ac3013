"""What the rooms stand on: settings, PostgreSQL, migrations, jobs, the bus, stored files, logs and numbers."""
