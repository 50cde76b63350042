"""Claims: a member says, with proof, that an account is theirs. Only then it has a public page."""
