"""ORM records: the shape of the tables. Seen by ``kairos.store`` alone."""
