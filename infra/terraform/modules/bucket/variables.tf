variable "name" {
  description = "Of the bucket."
  type        = string
}

variable "kms_key_arn" {
  description = "Encrypts what is in it."
  type        = string
}

variable "expire_days" {
  description = "After so many days an object goes; null: never."
  type        = number
}

variable "keep_versions_days" {
  description = "So long what was replaced or deleted can be had back."
  type        = number
}

variable "force_destroy" {
  description = "Whether destroy takes it with what it holds."
  type        = bool
}
