"""Who is calling: tokens, accounts, sessions and the throttles around them."""
