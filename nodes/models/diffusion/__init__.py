"""Stable Diffusion, by diffusers: checkpoints as they come, prompts, samplers, add-ons, and the pictures they make."""
