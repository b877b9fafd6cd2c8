"""How personal details are found in a text: one module a kind, and several for names."""
