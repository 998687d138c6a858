"""What is wrong with this machine, its data folder and its databases: small checks that change nothing."""
