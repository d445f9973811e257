"""Asking a site as a polite guest: addresses, robots.txt, pauses, certificates, whole bodies; knows no articles."""
