"""What may be done with what a stranger sent: the same results, errors and texts as `pairity/safe` in TypeScript."""

from pairity._native import constant_time_equal, parse_json, read_bytes, read_text

__all__ = ["constant_time_equal", "parse_json", "read_bytes", "read_text"]
