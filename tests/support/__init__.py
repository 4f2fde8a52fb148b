"""What tests share: real servers, databases copied from one template, tokens, the whole stack."""
