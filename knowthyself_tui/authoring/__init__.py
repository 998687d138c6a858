"""What authors of scenarios need: bots that play a case, checks of rules and medicine, previews, a skeleton."""
