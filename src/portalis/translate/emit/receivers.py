"""Names that a method call may not be written with: something else of that name comes first
where Rust looks for a method of a handle (a trait's, or one of the handle itself)."""

from __future__ import annotations

# Of the runtime's traits that classes have and of what its macros give every class.
_RUNTIME = """
    address alloc args_str as_any bool_method by_name call_method call_named class class_of
    copied copy_object deep definer del_attr delete_field deref eq_method exception_args
    exception_links field field_names from from_value ge_method get_attr gt_method has_eq
    hash_method hides identity le_method len_method links lt_method named names ne_method order
    others py_args py_class py_eq py_format_into py_ge py_gt py_hash py_is py_iter py_le py_lt
    py_ne py_repr py_repr_into py_str py_str_into py_truth py_type_name repr_method set_args
    set_attr set_field shallow show slot str_method to_exc to_value
    """
# Of traits that every Rust module sees.
_STANDARD = """
    as_mut as_ref borrow borrow_mut clamp clone clone_from clone_into cmp deref drop eq fmt from
    ge gt hash into into_iter le lt max min ne partial_cmp to_owned to_string try_from try_into
    type_id
    """
TAKEN = frozenset((_RUNTIME + _STANDARD).split())
