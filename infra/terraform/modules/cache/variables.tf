variable "name" {
  description = "Of the replication group."
  type        = string
}

variable "node_type" {
  description = "What each node runs on."
  type        = string
}

variable "nodes" {
  description = "A primary and its replicas."
  type        = number
}

variable "subnet_ids" {
  description = "Where the nodes are."
  type        = list(string)
}

variable "security_group_id" {
  description = "Who reaches them."
  type        = string
}

variable "kms_key_arn" {
  description = "Encrypts what they keep, and the token."
  type        = string
}
