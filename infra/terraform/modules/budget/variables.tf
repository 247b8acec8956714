variable "name" {
  description = "Of the budget."
  type        = string
}

variable "limit_usd" {
  description = "A month."
  type        = number
}

variable "emails" {
  description = "Who is told."
  type        = list(string)
}

variable "environment" {
  description = "Whose costs count: by the tag of that name."
  type        = string
}
