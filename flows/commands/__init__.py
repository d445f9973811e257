"""The commands of `solieu` by what they are about, and what they share: arguments, tables, the screen."""
