"""What every route shares: how the hub reads, answers, refuses, and who may knock how often."""
